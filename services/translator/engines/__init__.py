"""Engines that translate sentences, behind one small interface."""
