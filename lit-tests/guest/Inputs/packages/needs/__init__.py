from .extension import twice
from .helper import helped
