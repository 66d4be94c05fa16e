"""The workbench: HTTP over `case`, and no logic. `app` puts it together, `ways` says who may go where, `pages/` holds a module for each room."""
