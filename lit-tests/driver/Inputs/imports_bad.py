def attempt():
    try:
        import unclosed
    except SyntaxError as e:
        print("caught", e.msg)


attempt()
