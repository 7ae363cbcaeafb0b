import warnings


def inner():
    warnings.warn("only the developer of the package sees this", DeprecationWarning)
    warnings.warn("inner")


def outer():
    warnings.warn("outer", DeprecationWarning, stacklevel=2)
