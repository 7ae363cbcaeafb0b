// The cache stays below its size, and what is in use stays in it.
#include "codegen/emit/cache_pruning.h"
#include <gtest/gtest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include "codegen/emit/cache.h"

namespace krait::codegen::emit {

TEST(CacheSize, ReadsNumbersWithUnits) {
  EXPECT_EQ(parseCacheSize("0"), 0u);
  EXPECT_EQ(parseCacheSize("512"), 512u);
  EXPECT_EQ(parseCacheSize("3K"), 3072u);
  EXPECT_EQ(parseCacheSize("2G"), uint64_t{2} << 30);
  for (const char* wrong : {"", "G", "-1", "1g", "1GB", "1.5G", "99999999999999T", "99999999999999999999"})
    EXPECT_FALSE(parseCacheSize(wrong)) << wrong;
}

TEST(WriteFileAtomically, WritesAllPiecesAndGivesTheMode) {
  char name[] = "/tmp/krait-pieces-XXXXXX";
  const std::string folder = mkdtemp(name), path = folder + "/file";
  std::string bytes, error;
  for (int i = 0; bytes.size() < 100'000; ++i) bytes += std::to_string(i);
  EXPECT_TRUE(writeFileAtomically(path, bytes, error, 0700)) << error;
  EXPECT_EQ(readFile(path), bytes);
  struct stat what;
  ASSERT_EQ(stat(path.c_str(), &what), 0);
  EXPECT_EQ(what.st_mode & 0777, 0700u);
  EXPECT_FALSE(writeFileAtomically(folder, bytes, error));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  std::filesystem::remove_all(folder);
}

class CachePruning : public testing::Test {
protected:
  CachePruning() {
    char name[] = "/tmp/krait-cache-XXXXXX";
    folder_ = mkdtemp(name);
    std::filesystem::create_directory(folder_ + "/objects");
  }
  ~CachePruning() override { std::filesystem::remove_all(folder_); }

  /// A file of 100 KiB that was used so many minutes ago.
  std::string add(const std::string& name, int minutes) {
    const std::string path = folder_ + "/objects/" + name;
    std::ofstream(path) << std::string(100 << 10, 'x');
    setAge(path, minutes);
    return path;
  }
  void setAge(const std::string& path, int minutes) {
    timespec times[2];
    clock_gettime(CLOCK_REALTIME, &times[0]);
    times[0].tv_sec -= minutes * 60;
    times[1] = times[0];
    utimensat(AT_FDCWD, path.c_str(), times, 0);
  }

  std::string folder_;
};

TEST_F(CachePruning, RemovesWhatWasUnusedLongest) {
  const std::string old = add("old", 300), older = add("older", 400), young = add("young", 60), fresh = add("fresh", 1);
  pruneCache(folder_, 450 << 10);
  EXPECT_TRUE(std::filesystem::exists(older)) << "there was room for all";
  setAge(folder_ + "/pruned", 30);
  pruneCache(folder_, 250 << 10);
  EXPECT_FALSE(std::filesystem::exists(older));
  EXPECT_FALSE(std::filesystem::exists(old));
  EXPECT_TRUE(std::filesystem::exists(young));
  pruneCache(folder_, 150 << 10);
  EXPECT_TRUE(std::filesystem::exists(young)) << "the last time was just now";
  setAge(folder_ + "/pruned", 30);
  pruneCache(folder_, 1);
  EXPECT_FALSE(std::filesystem::exists(young));
  EXPECT_TRUE(std::filesystem::exists(fresh)) << "somebody may be linking it";
}

TEST_F(CachePruning, AUseMakesAFileYoung) {
  const std::string path = add("object", 300), other = add("other", 200);
  EXPECT_TRUE(useCached(path));
  EXPECT_FALSE(useCached(path + "x"));
  pruneCache(folder_, 150 << 10);
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(other));
}

} // namespace krait::codegen::emit
