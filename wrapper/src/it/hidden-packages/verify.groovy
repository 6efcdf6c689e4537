// It failed for these three imports, and for nothing else.
def errors = new File(basedir, 'build.log').readLines().findAll { it.contains('Hidden.java:[') }*.replaceFirst(/.*\] /, '') as Set
assert errors == ['internal', 'generated.v1', 'generated.v2'].collect { "package dev.devinsessions.$it is not visible".toString() } as Set
