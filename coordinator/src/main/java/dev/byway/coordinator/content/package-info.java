/** What was published: signed manifests, piece layers, which URL is which content, who may know of it, who may publish. */
@NullMarked
package dev.byway.coordinator.content;

import org.jspecify.annotations.NullMarked;
