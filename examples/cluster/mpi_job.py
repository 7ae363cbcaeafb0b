"""Heat that spreads along a rod, cut into one piece for each process of an MPI job.

    mpirun -n RANKS mpi_job CELLS STEPS [CHECKPOINT]

Neighbours exchange the cells at their edges before each step. Now and then all pieces are gathered, and the first process writes them
to CHECKPOINT: a job that was ended in the middle goes on from there.
"""
import json
import os
import sys
import time

from mpi4py import MPI


def step(cells, left, right):
    """The next state of a piece, between the neighbours' cells."""
    last = len(cells) - 1
    after = [0.0] * len(cells)
    for n in range(len(cells)):
        before = cells[n - 1] if n else left
        behind = cells[n + 1] if n < last else right
        after[n] = cells[n] + 0.25 * (before - 2.0 * cells[n] + behind)
    return after


def piece_of(cells, rank, size):
    return cells[len(cells) * rank // size:len(cells) * (rank + 1) // size]


def load(checkpoint, cells):
    if checkpoint and os.path.exists(checkpoint):
        with open(checkpoint, encoding="utf-8") as file:
            return json.load(file)
    return [0, [100.0 if n % 97 == 0 else 0.0 for n in range(cells)]]


def save(checkpoint, done, cells):
    with open(checkpoint + ".new", "w", encoding="utf-8") as file:
        json.dump([done, cells], file)
    os.replace(checkpoint + ".new", checkpoint)


def main():
    world = MPI.COMM_WORLD
    rank, size = world.Get_rank(), world.Get_size()
    cells, steps = int(sys.argv[1]), int(sys.argv[2])
    checkpoint = sys.argv[3] if len(sys.argv) > 3 else None
    begin = time.perf_counter()
    first, state = world.bcast(load(checkpoint, cells) if rank == 0 else None, root=0)
    if rank == 0 and first:
        print(f"goes on at step {first}", file=sys.stderr)
    piece = piece_of(state, rank, size)
    for done in range(first, steps):
        left = world.sendrecv(piece[-1], dest=(rank + 1) % size, source=(rank - 1) % size)
        right = world.sendrecv(piece[0], dest=(rank - 1) % size, source=(rank + 1) % size)
        piece = step(piece, left, right)
        if checkpoint and (done + 1) % 50 == 0:
            pieces = world.gather(piece, root=0)
            if rank == 0:
                if done + 1 >= steps // 2 > done + 1 - 50:
                    print("half done", file=sys.stderr, flush=True)
                save(checkpoint, done + 1, [cell for part in pieces for cell in part])
    heat = world.allreduce(sum(piece))
    warmest = world.allreduce(max(piece), op=MPI.MAX)
    pieces = world.gather(piece, root=0)
    if rank == 0:
        whole = [cell for part in pieces for cell in part]
        print(f"heat {heat:.6f}, warmest {warmest:.12f}")
        for n in range(0, len(whole), max(len(whole) // 8, 1)):
            print(f"cell {n}: {whole[n]:.12f}")
        taken = time.perf_counter() - begin
        print(f"job: {taken:.2f} s\nsteps: {(steps - first) / taken:.0f} /s", file=sys.stderr)


if __name__ == "__main__":
    main()
