import array
import bisect

print("plugin", array.array("i", [1, 2]), bisect.bisect([1, 2, 4], 3))
