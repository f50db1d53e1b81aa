package dev.byway.teredo.server;

/**
 * Spreads keys over a table. Salted, so that nobody can choose keys that meet.
 *
 * @param salt random
 */
record Mix(long salt) {
    int slot(long key, int slots) {
        long x = (key ^ salt) * 0x9e37_79b9_7f4a_7c15L;
        x = (x ^ (x >>> 32)) * 0xd6e8_feb8_6659_fd93L;
        return (int) (x >>> 33) & (slots - 1);
    }
}
