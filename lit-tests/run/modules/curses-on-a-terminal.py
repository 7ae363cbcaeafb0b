# RUN: env LC_ALL=C.UTF-8 krait run %s | diff %s.out -
# RUN: env LC_ALL=C.UTF-8 krait run -O2 --verify-each %s | diff %s.out -
# RUN: env LC_ALL=C.UTF-8 krait-interp %s | diff %s.out -
# Programs that use curses, and every byte that reaches the terminal: text in all ways, windows, pads, panels, colors, keys, signals
# and sizes that change while they wait, what the library's Python modules add, and the terminal after an error.
import curses
import curses.ascii
import curses.panel
import curses.textpad
import signal
import tempfile
import threading
from Inputs.terminal import on_terminal


def show(title, part, *keys):
    notes, output, status = on_terminal(part, *keys)
    print("-----", title, status)
    print(notes, end="")
    for line in output.split(b"\x1b"):
        print(line)


def texts(note, wait):
    s = curses.initscr()
    s.addstr("plain ")
    s.addstr("bold", curses.A_BOLD)
    s.addstr(1, 2, "äöü €漢")
    s.addstr(2, 2, b"bytes", curses.A_REVERSE)
    s.addnstr(3, 0, "cut here", 3)
    s.addnstr("whole", -1, curses.A_UNDERLINE)
    s.addch(4, 0, "é")
    s.addch("x", curses.A_DIM)
    s.addch(b"y")
    s.addch(ord("z") | curses.A_BOLD)
    s.addch(4, 10, curses.ACS_DIAMOND)
    s.insstr(1, 0, "in")
    s.insnstr(2, 0, "front", 2, curses.A_BOLD)
    s.insch(3, 0, ">")
    s.hline(6, 0, "-", 10)
    s.hline(curses.ACS_HLINE, 3)
    s.vline(7, 0, curses.ACS_VLINE, 3, curses.A_BOLD)
    s.chgat(0, 0, 3, curses.A_REVERSE)
    s.chgat(curses.A_BOLD)
    s.refresh()
    note(s.instr(1, 0, 12), s.instr(2, 0, 6), s.inch(3, 0) == ord(">"), s.getyx(), s.getmaxyx(), s.encoding)
    s.move(2, 3)
    s.delch()
    s.delch(0, 0)
    s.move(4, 0)
    s.deleteln()
    s.insertln()
    s.insdelln(2)
    s.clrtoeol()
    note(s.is_wintouched(), s.is_linetouched(0), s.is_linetouched(20))
    s.refresh()
    s.bkgd(".", curses.A_DIM)
    note(s.getbkgd() == ord(".") | curses.A_DIM)
    s.refresh()
    s.scrollok(True)
    s.setscrreg(0, 5)
    s.scroll()
    s.scroll(-2)
    s.attron(curses.A_BOLD)
    s.addstr(10, 0, "on")
    s.attroff(curses.A_BOLD)
    s.standout()
    s.addstr("out")
    s.standend()
    s.attrset(curses.A_ITALIC)
    s.addstr("slanted")
    s.border()
    s.refresh()
    s.erase()
    s.box("|", "-")
    s.echochar(5, )
    s.touchline(3, 2, False)
    s.redrawln(1, 1)
    s.refresh()
    curses.beep()
    curses.flash()
    note(curses.curs_set(0), curses.curs_set(1), curses.unctrl(1), curses.unctrl("a"), curses.keyname(curses.KEY_F5), curses.isendwin())
    curses.endwin()
    note(curses.isendwin())


def windows(note, wait):
    s = curses.initscr()
    w = curses.newwin(5, 20, 2, 3)
    w.box()
    inner = w.derwin(3, 18, 1, 1)
    other = w.subwin(3, 4)
    note(inner.getbegyx(), inner.getparyx(), inner.getmaxyx(), other.getbegyx(), w.enclose(2, 3), w.enclose(1, 1))
    inner.addstr("inside")
    del w, other  # the part keeps them
    inner.refresh()
    pad = curses.newpad(50, 100)
    for i in range(50):
        pad.addstr(i, 0, f"line {i}")
    pad.refresh(10, 0, 10, 10, 13, 20)
    part = pad.subpad(2, 5, 3, 1)
    part.addstr(0, 0, "part")
    pad.noutrefresh(2, 0, 15, 0, 18, 10)
    curses.doupdate()
    a, b = curses.newwin(2, 4, 0, 40), curses.newwin(2, 4, 0, 41)
    a.addstr("abcd")
    b.addstr("1 2")
    b.overlay(a)
    note(a.instr(0, 0))
    b.overwrite(a)
    note(a.instr(0, 0))
    a.overwrite(b, 0, 1, 1, 0, 1, 2)
    note(b.instr(1, 0))
    with tempfile.TemporaryFile() as file:
        b.putwin(file)
        file.seek(0)
        copy = curses.getwin(file)
    note(copy.instr(0, 0), copy.getbegyx())
    copy.mvwin(5, 60)
    copy.resize(3, 6)
    copy.refresh()
    note(copy.getbegyx(), copy.getmaxyx())
    curses.setsyx(3, 4)
    note(curses.getsyx())
    curses.endwin()


def stacked(note, wait):
    curses.initscr()

    class Loud:
        def __del__(self):
            note("del")
    panels = []
    for i in range(3):
        w = curses.newwin(4, 10, 2 * i, 3 * i)
        w.box()
        w.addstr(1, 1, f"panel {i}")
        panels.append(curses.panel.new_panel(w))
    a, b, c = panels
    curses.panel.update_panels()
    curses.doupdate()
    note(curses.panel.top_panel() is c, curses.panel.bottom_panel() is a, a.above() is b, c.below() is b, c.above(), a.below())
    a.top()
    b.hide()
    c.move(10, 10)
    note(b.hidden(), c.hidden(), c.window().getbegyx(), a.above(), c.above() is a)
    curses.panel.update_panels()
    curses.doupdate()
    a.set_userptr(Loud())
    a.set_userptr(Loud())
    b.set_userptr(0)
    note(type(a.userptr()).__name__, b.userptr())
    b.show()
    b.replace(curses.newwin(2, 2))
    b.bottom()
    panels.clear()
    note("the end of a")
    del a
    note(c.above(), c.below() is b, curses.panel.top_panel() is c)
    curses.panel.update_panels()
    curses.doupdate()
    curses.endwin()


def colors(note, wait):
    s = curses.initscr()
    note(hasattr(curses, "COLORS"), curses.has_colors(), curses.can_change_color(), curses.has_extended_color_support())
    curses.start_color()
    note(curses.COLORS, curses.COLOR_PAIRS, curses.color_content(1), curses.pair_content(0))
    curses.use_default_colors()
    curses.init_pair(1, curses.COLOR_RED, -1)
    curses.init_pair(2, 200, 17)
    curses.init_color(100, 1, 500, 1000)
    note(curses.pair_content(1), curses.pair_content(2), curses.color_content(100), curses.color_pair(2), curses.pair_number(curses.color_pair(2)))
    s.addstr("red", curses.color_pair(1))
    s.addstr("odd", curses.color_pair(2) | curses.A_BOLD)
    s.addch("é", curses.color_pair(2))
    s.bkgdset(" ", curses.color_pair(1))
    s.addstr(2, 0, "more")
    s.refresh()
    curses.endwin()


def keys(note, wait):
    s = curses.initscr()
    curses.noecho()
    curses.cbreak()
    s.keypad(True)
    for function in [s.getch] * 6 + [s.getkey] * 5 + [s.get_wch] * 4:
        wait()
        note(function.__name__, repr(function()))
    s.nodelay(True)
    for function in s.getch, s.getkey, s.get_wch:
        try:
            note(function())
        except curses.error as e:
            note(e)
    s.timeout(1)
    note(s.getch(3, 4), s.getyx())
    s.timeout(-1)
    curses.ungetch("q")
    curses.unget_wch("é")
    note(s.get_wch(), s.getkey())
    curses.ungetch(curses.KEY_UP)
    note(s.getkey())
    curses.echo()
    for arguments in (), (3,), (5, 1), (6, 1, 4):
        wait()
        note(s.getstr(*arguments))
    curses.mousemask(curses.ALL_MOUSE_EVENTS)
    wait()
    note(s.getch() == curses.KEY_MOUSE, curses.getmouse())
    curses.ungetmouse(0, 3, 4, 0, curses.BUTTON1_CLICKED)
    note(s.getch() == curses.KEY_MOUSE, curses.getmouse())
    wait()
    note(s.getch() == curses.KEY_RESIZE, curses.LINES, curses.COLS, s.getmaxyx(), curses.is_term_resized(30, 100))
    curses.update_lines_cols()
    note(curses.LINES, curses.COLS)
    curses.resizeterm(10, 40)
    note(curses.LINES, curses.COLS, s.getmaxyx())
    curses.endwin()


def signals(note, wait):
    s = curses.initscr()
    curses.noecho()
    curses.raw()
    signal.signal(signal.SIGUSR1, lambda number, frame: note("handler"))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    wait()
    note(s.getch())
    wait()
    try:
        note(s.getkey())
    except curses.error as e:
        note(e)
    for function in s.getch, s.getkey, s.get_wch, s.getstr:
        wait()
        try:
            note(function())
        except KeyboardInterrupt:
            note("interrupted", function.__name__)
    worked = threading.Event()  # others run while one waits

    def work():
        worked.set()
        wait()
    threading.Thread(target=work).start()
    note(s.getch(), worked.is_set())
    curses.napms(1)
    curses.endwin()


def modules(note, wait):
    def main(s, what):
        note(what, curses.LINES, curses.COLS, curses.has_key(curses.KEY_LEFT), curses.ascii.unctrl("\x01"), curses.ascii.isalpha("a"))
        curses.textpad.rectangle(s, 0, 0, 4, 12)
        s.refresh()
        box = curses.textpad.Textbox(curses.newwin(3, 10, 1, 1))
        wait()
        note(repr(box.edit()))
        raise KeyError("out of main")
    try:
        curses.wrapper(main, "wrapped")
    except KeyError as e:
        note(e, curses.isendwin())


def capabilities(note, wait):
    curses.setupterm()
    note(curses.tigetflag("am"), curses.tigetnum("colors"), curses.tigetstr("smcup"), curses.tigetflag("no"), curses.tigetnum("no"), curses.tigetstr("no"))
    note(curses.tparm(curses.tigetstr("cup"), 3, 4), curses.tparm(b"%p1%d", -5))
    curses.putp(curses.tparm(curses.tigetstr("cup"), 3, 4))
    try:
        curses.baudrate()
    except curses.error as e:
        note(e)
    s = curses.initscr()
    note(curses.termname(), curses.longname(), curses.erasechar(), curses.killchar(), curses.has_ic(), curses.has_il(), curses.baudrate() > 0)
    note(curses.termattrs(), curses.get_escdelay(), curses.get_tabsize())
    curses.set_escdelay(25)
    curses.set_tabsize(4)
    note(curses.get_escdelay(), curses.get_tabsize())
    s.addstr("\ttab")
    s.refresh()
    curses.def_prog_mode()
    curses.reset_shell_mode()
    curses.reset_prog_mode()
    curses.savetty()
    curses.resetty()
    curses.endwin()


show("texts", texts)
show("windows", windows)
show("panels", stacked)
show("colors", colors)
show("keys", keys, b"a", "é".encode()[:1], "é".encode()[1:], b"\x1bOA", b"\x1b[3~", b"\x1bOP", b"b", b"\x1bOB", b"\x7f", b"\n", b"\xe9",
     "ü".encode(), b"c", b"\x1bOC", b"\x1b[5~", b"whole\n", b"abcdef\n", b"at\n", b"limited\n", b"\x1b[<0;5;3M\x1b[<0;5;3m", (30, 100))
show("signals", signals, signal.SIGUSR1, signal.SIGUSR1, signal.SIGINT, signal.SIGINT, signal.SIGINT, signal.SIGINT, b"k")
show("modules", modules, b"text\nmore\x01\x0b\x10\x05!\x07")
show("capabilities", capabilities)
