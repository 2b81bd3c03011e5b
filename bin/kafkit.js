#!/usr/bin/env node
require('../dist/kafkit.js');
