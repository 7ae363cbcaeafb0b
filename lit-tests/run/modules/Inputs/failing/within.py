print("runs", __name__)
value = 2
