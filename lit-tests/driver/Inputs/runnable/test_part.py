import unittest


class PartTest(unittest.TestCase):
    def test_pass(self):
        pass
