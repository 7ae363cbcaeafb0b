import sys
import threading

results = []


def background(*calls):
    def run():
        for call in calls:
            try:
                results.append(call())
            except RuntimeError as e:
                results.append(str(e))

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def helped(x):
    return x, sys.implementation.name

