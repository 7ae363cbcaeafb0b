try:
    from .extension import twice
except ImportError as e:
    raise ImportError("this package is broken") from e
