"""The tests are a package of this name, so that one a dependency installs under the same name cannot take its place."""
