"""The local stack: real servers for one machine, started by `shouwen run` and by tests.
No rule of the program and no query belongs here.
"""
