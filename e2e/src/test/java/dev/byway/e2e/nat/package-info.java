/** Sites behind NATs of every classic type, made of Linux network namespaces and nftables, and what proves the NATs. */
@NullMarked
package dev.byway.e2e.nat;

import org.jspecify.annotations.NullMarked;
