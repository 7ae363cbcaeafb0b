from .fast import depths

__all__ = ["depths"]
