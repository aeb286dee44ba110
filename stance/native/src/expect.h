/* Having memory fetched before it is read: most of a scorer's time is waiting for it. */
#pragma once

#if defined(__GNUC__)
#define expect(address) __builtin_prefetch(address)
#else
#define expect(address) ((void)(address))
#endif
