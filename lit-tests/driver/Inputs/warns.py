import warnings

try:
    warnings.warn("some")
    print("shown")
except UserWarning as e:
    print("raised", e)
