/**
 * The way of a byte: {@code URL -> resolve -> plan -> fetch -> verify -> store -> deliver, account}. One loop per download;
 * origins on virtual threads of their own, peers on the reader threads of their links.
 */
@NullMarked
package dev.byway.agent.download;

import org.jspecify.annotations.NullMarked;
