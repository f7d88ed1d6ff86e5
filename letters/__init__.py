"""What people are told, in Chinese and English. Imports the domain only: who is told and how the
words travel is known elsewhere, so that mails, messages and the inbox say the same.
"""
