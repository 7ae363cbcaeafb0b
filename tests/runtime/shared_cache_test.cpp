// What sites of attributes share: small for few classes, larger for many.
#include <gtest/gtest.h>
#include <memory>
#include <vector>
#include "runtime/object/shared_cache.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

struct Receiver {
  alignas(16) Layout layout = objectType.instanceLayout;
  alignas(16) Object object{1, &layout};
};

struct SharedCaches : testing::Test {
  void learn(size_t classes) {
    for (size_t n = receivers.size(); n < classes; ++n) {
      receivers.push_back(std::make_unique<Receiver>());
      AttrCache site{};
      site.layout = &receivers[n]->layout;
      site.version = 2 * n + 1;
      cache->keep(Value(&receivers[n]->object), name, site);
    }
  }
  size_t known() {
    size_t found = 0;
    for (size_t n = 0; n < receivers.size(); ++n) {
      AttrCache nothing{};
      const AttrCache* met = cache->of(&receivers[n]->layout, name, &nothing);
      if (met == &nothing) continue;
      EXPECT_EQ(met->version, 2 * n + 1);
      ++found;
    }
    return found;
  }
  std::unique_ptr<SharedCache> cache = std::make_unique<SharedCache>();
  std::vector<std::unique_ptr<Receiver>> receivers;
  Value name = newStr("attribute");
};

TEST_F(SharedCaches, KeepFewClasses) {
  learn(20);
  EXPECT_GE(known(), 18u); // addresses decide who meets whom
}

TEST_F(SharedCaches, GrowForMany) {
  learn(1000);
  const auto once = std::move(receivers);
  receivers.clear();
  learn(1000); // a table that has grown keeps more than the first one had room for
  EXPECT_GE(known(), 400u);
}

TEST_F(SharedCaches, StayOfOneSize) {
  learn(20000);
  EXPECT_LE(known(), 2048u);
}

} // namespace
} // namespace krait
