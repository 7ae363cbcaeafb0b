print("package first")
