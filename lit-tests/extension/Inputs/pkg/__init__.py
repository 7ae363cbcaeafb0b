from . import a
from .deep import inner
VALUE = a.one + 1
