import unclosed
