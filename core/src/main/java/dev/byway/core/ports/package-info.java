/**
 * Which ports Byway needs: the one table, the rules that follow from it for a machine, those rules in the words of real
 * firewalls, and what a firewall says about them. Pure: whoever calls brings addresses and what the tools printed.
 */
@NullMarked
package dev.byway.core.ports;

import org.jspecify.annotations.NullMarked;
