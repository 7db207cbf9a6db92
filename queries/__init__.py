"""The questions: one ``.rq`` file each, and the functions that run them and explain their answers."""
