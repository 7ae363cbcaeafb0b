from wants.extension import twice
