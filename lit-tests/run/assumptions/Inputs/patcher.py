# Changes another module, not the one that runs the loop.
from Inputs import shapes
def at(i):
    if i == 100: shapes.factor = 0.5
    if i == 120: shapes.helper = lambda x: 1000
    if i == 140: shapes.Shape.sides = 5
    if i == 150: shapes.Shape.area = lambda self: -1
def restore():
    shapes.factor = 2
    shapes.Shape.sides = 4
