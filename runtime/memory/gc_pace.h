// When the collector runs of itself. CPython looks for cycles after every 700 containers more; in most programs it finds none
// for a long time, and looks at the same young objects that would have died by themselves a little later. Here as many
// containers more are waited for as it has been in vain: each collection that finds nothing doubles the number, one whose
// garbage is worth it brings back CPython's. Whoever sets a threshold gets exactly what was asked for, and so does who has
// callbacks, from the next collection on.
#pragma once
#include <cstdint>

namespace krait {

/// The generation that is to be collected now, or -1.
int gcDueGeneration();
/// After a collection that the collector began itself, of which `found` objects were unreachable.
void gcPace(int generation, int64_t found);
/// gc.set_threshold(): the program's own pace from now on.
void gcSetThreshold(int generation, int64_t threshold);
/// gc.enable() and gc.disable(). While the collector is off, nothing is ever due: whoever tracks a container asks no more than that.
void gcSetEnabled(bool enabled);

} // namespace krait
