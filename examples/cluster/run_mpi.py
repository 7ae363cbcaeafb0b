#!/usr/bin/python3.11
"""MPI: three processes, 30,000 cells, 400 steps, and a checkpoint every 50. A process that dies takes the job with it; it is started again."""
import os
import signal
import subprocess

from cluster import compare


def run(cluster, kills):
    def start():
        return cluster.start("mpirun", *(["--allow-run-as-root"] if os.getuid() == 0 else []), "--oversubscribe", "-n", "3",
                             *cluster.job, "30000", "400", "checkpoint", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def kill_one():
        ranks = subprocess.run(["ps", "-o", "pid=", "--ppid", str(job.pid)], stdout=subprocess.PIPE, text=True).stdout.split()
        os.kill(int(ranks[-1]), signal.SIGKILL)

    job = start()
    if kills:
        for line in job.stderr:
            if line == "half done\n":
                kill_one()
                break
        job.stderr.read()
        if job.wait() == 0:
            raise SystemExit("the job went on without one of its processes")
        job = start()
    return cluster.follow(job)


if __name__ == "__main__":
    compare("mpi_job.py", run)
