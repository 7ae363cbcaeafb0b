// What starting a program has read of its executable is not held for as long as it runs.
#pragma once

namespace krait {

/// From now on, a heap that grows lets go of the executable's read-only pages (code, constants, tables). What is still in use
/// comes back from the system's cache of files, with what stands around it, when it is touched.
void releasePagesAsHeapGrows();

/// Three quarters of the pages of what bodies of modules mention are written to when a program starts (hashes of texts, dicts of modules, cells),
/// so that they become copies; so are the runtime's first variables. Asks for all of these at once: by faults it takes nine times as long.
void takeStartPages();

} // namespace krait
