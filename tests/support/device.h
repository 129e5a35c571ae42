/* What stands at the other end of a cable: a scale on a pseudo-terminal or a TCP port, a printer that takes bytes. Each is a
   thread of its own and serves one caller after another until device_end. Everything here aborts the test when it fails. */
#ifndef YAOFANG_TESTS_DEVICE_H
#define YAOFANG_TESTS_DEVICE_H

#include <stdbool.h>
#include <stddef.h>

/* A turn: waits for these bytes (NULL: for none), pauses, then says something (NULL: nothing). A list of them ends with a row in
   which both are NULL. The caller is let go when it is over. */
struct device_turn {
    const char *hears, *says;
    int pause_ms;
};

struct device;

/* The address to reach it by: "tcp://127.0.0.1:4711", "serial:///dev/pts/7". Lives as long as the device. */
const char *device_address(const struct device *device);

/* Plays the turns anew for each caller. With `hangs_up` the TCP connection ends behind the last one. */
struct device *device_tcp(const struct device_turn *turns, bool hangs_up);
struct device *device_pty(const struct device_turn *turns);

/* Takes at most `most` bytes of each caller through a buffer as small as a printer's, then hangs up (or, with `stops`, keeps the
   line and reads no more); 0: takes everything. device_took: what the last caller sent. */
struct device *device_sink(size_t most, bool stops);
const char *device_took(struct device *device, size_t *size);

void device_end(struct device *device);

#endif
