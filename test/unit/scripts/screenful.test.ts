import stringWidth from 'string-width';
import { screenful } from '../../../scripts/support/screenful';

const DEMO = {
	report: { title: 'Daily fleet report', url: 'http://127.0.0.1:65535/workflow/ntpi5La5mVRkkDwO' },
	editor: { email: 'owner@example.com', password: 'Fleet-0f-cards' },
	consoleUrl: 'http://127.0.0.1:65535',
};

const REPORT = {
	...{ cards: 100_000, failed: 10_000, notFound: 10_000, online: 100_000, offline: 100_000 },
	byStatus: { pendingActivation: 4, replacementNextMonth: 3, normal: 9, cancelled: 2, other: 1 },
	...{ usedDataMb: 123_456_789, planDataMb: 123_456_789, usedPercent: 100 },
	...{ lowData: [1], expiring: [1, 2], forecastOverPlan: [] },
};

const before = process.env.LC_ALL;

afterEach(() => {
	if (before === undefined) delete process.env.LC_ALL;
	else process.env.LC_ALL = before;
});

test.each([
	['en_GB.UTF-8', ['Cards', 'Other statuses', 'Press Execute workflow']],
	['zh_CN.UTF-8', ['卡总数', '其他状态', '点 Execute workflow']],
	['C', ['Cards']],
])('all of it fits a terminal, in %s', (locale, words) => {
	process.env.LC_ALL = locale;
	const lines = screenful(DEMO, REPORT).split('\n');
	expect(lines.length).toBeLessThanOrEqual(23);
	expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
	for (const word of [...words, DEMO.consoleUrl, DEMO.report.url, 'Fleet-0f-cards']) {
		expect(lines.join('\n')).toContain(word);
	}
});
