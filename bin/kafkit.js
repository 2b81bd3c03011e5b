#!/usr/bin/env node
import '../dist/kafkit.js';
