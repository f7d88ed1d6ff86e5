"""Reading the office's documents: text in, values or findings out. No files, no refusals."""
