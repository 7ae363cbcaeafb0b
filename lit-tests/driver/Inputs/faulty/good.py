fine = True
