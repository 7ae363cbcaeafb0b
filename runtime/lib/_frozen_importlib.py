"""CPython's name for importlib._bootstrap, as zipimport and others import it."""
import sys

spec = getattr(sys.modules.get("importlib"), "__spec__", None)
if spec is not None and spec._initializing:
    # importlib itself asks first for what CPython has frozen; here it is to load its own source.
    raise ImportError("importlib._bootstrap is loaded from its source", name=__name__)
del sys.modules[__name__]
import importlib._bootstrap

sys.modules[__name__] = importlib._bootstrap
