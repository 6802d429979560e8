"""Labels such as 所属地区 and 发布日期, the lines they stand in, and tags."""
