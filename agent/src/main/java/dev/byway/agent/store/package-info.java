/**
 * The cache on disk: one folder per content, pieces that survive a power cut or are not claimed, and the growing files
 * of downloads that have no identity yet. What may be claimed is decided by {@code dev.byway.core.store}.
 */
@NullMarked
package dev.byway.agent.store;

import org.jspecify.annotations.NullMarked;
