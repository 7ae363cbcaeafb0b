import board

held = {}
fallen = 0

def end():
    held.clear()
    while board.count(): board.remove()

def fall():
    global fallen
    fallen += 1
    # Ends what the call above is looking at, and begins and ends others.
    if fallen % 7 == 0: end()
    board.total([fallen] * 20)
    board.count()

def change(row, size):
    if isinstance(row, dict):
        row.clear()
        row.update(zip("xyz", range(size)))
    else: row[:] = range(size)

for make in (board.deal, board.name):
    for size in (20, 40, 100):
        for byHost in (False, True):
            for number in range(6): held[number] = make(fall, size)
            for i in range(3): board.count()
            for number in range(5, 0, -2):
                if byHost and number in held: change(held[number], size)
                elif not byHost and number < len(board.count()): board.clear(number, size)
                board.count()
            end()
            print(board.count(), fallen)
