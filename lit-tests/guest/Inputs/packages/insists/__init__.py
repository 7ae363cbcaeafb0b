import sys

where = sys.implementation.name
