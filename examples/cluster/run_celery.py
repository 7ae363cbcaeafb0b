#!/usr/bin/python3.11
"""Celery on Redis: a server, two workers with a process each, a job of 100 blocks and 1,000 small tasks.

What a dead worker had taken goes back into the queue two seconds later, when a worker asks for it: a new one does so at its start, an old one
every hundred seconds. So another takes the place of the one that is killed, after three seconds."""
import subprocess
import time

from cluster import compare, free_port


def run(cluster, kills):
    port = free_port()
    environment = {"CLUSTER_REDIS": f"redis://127.0.0.1:{port}"}
    cluster.start("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", log="redis.log")
    cluster.wait_for_port(port)

    def start_worker(name):
        return cluster.start(*cluster.job, "worker", name, log=f"{name}.log", environment=environment)

    def replace_one():
        cluster.kill(workers[0])
        time.sleep(3)
        start_worker("three")

    workers = [start_worker(name) for name in ("one", "two")]
    submit = cluster.start(*cluster.job, "submit", "2", "100", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, environment=environment)
    return cluster.follow(submit, replace_one if kills else None)


if __name__ == "__main__":
    compare("celery_job.py", run, ["--site-packages"])
