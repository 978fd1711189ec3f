// SPDX-License-Identifier: MIT
// chrono.js FILE: the dates that chrono-node finds in each item, a JSON list a line, as precise as it is certain of them.
const fs = require('fs');
const chrono = require('chrono-node');

const two = (number) => String(number).padStart(2, '0');

for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n').filter((text) => text.trim())) {
  const item = JSON.parse(line);
  const text = [item.title, item.lede || item.summary].filter(Boolean).join('. ');
  const reference = item.published ? new Date(item.published.slice(0, 10) + 'T12:00:00') : new Date(0);
  const found = chrono.parse(text, reference, { forwardDate: true }).map((result) => {
    const start = result.start;
    const day = start.isCertain('day') || start.isCertain('weekday') || !start.isCertain('month');
    return start.get('year') + '-' + two(start.get('month')) + (day ? '-' + two(start.get('day')) : '');
  });
  console.log(JSON.stringify(found));
}
