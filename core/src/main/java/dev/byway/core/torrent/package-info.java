/**
 * BitTorrent metainfo files (BEP 3, BEP 52) as what they can be for Byway: a file's tree, given by hand, with web seeds (BEP 19) as its
 * origins.
 */
@NullMarked
package dev.byway.core.torrent;

import org.jspecify.annotations.NullMarked;
