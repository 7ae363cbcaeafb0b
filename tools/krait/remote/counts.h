// How often the store had what was asked for: kept in the cache's folder, for `krait cache stats`.
#pragma once
#include "tools/krait/remote/remote_cache.h"

namespace krait::tools::remote {

/// The file in a cache's folder.
inline constexpr char kCountsFile[] = "/remote";

/// Adds to what is there; several processes may. Errors are ignored: nothing depends on it.
void addCounts(const std::string& cache, const RemoteCounts& counts);
RemoteCounts readCounts(const std::string& cache);

} // namespace krait::tools::remote
