#!/usr/bin/python3.11
"""Dask distributed: a scheduler, two workers with a thread each, a job of 80 texts and 1,000 small tasks."""
import subprocess

from cluster import compare, free_port


def run(cluster, kills):
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    cluster.start(*cluster.job, "scheduler", str(port), log="scheduler.log")
    cluster.wait_for_port(port)
    workers = [cluster.start(*cluster.job, "worker", address, name, log=f"{name}.log") for name in ("one", "two")]
    submit = cluster.start(*cluster.job, "submit", address, "2", "80", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return cluster.follow(submit, (lambda: cluster.kill(workers[0])) if kills else None)


if __name__ == "__main__":
    compare("dask_job.py", run, ["--site-packages"])
