"""What cleans one file, in a process of its own (store/files/cleaning.py starts it).

Only this package and the libraries that read files are loaded there; nothing of the program is.
"""
