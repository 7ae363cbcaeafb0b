late = 1
import sys
argv = sys.argv
