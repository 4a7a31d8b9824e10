import { answerPage, languageOf } from '../../../nodes/shared/action/answerPage';
import type { Question } from '../../../nodes/shared/contracts/question';

const question: Question = {
	...{ id: 'abcd', responseType: 'approval', canDecline: true, executionId: '7', askedAt: 0 },
	...{ message: '<script>alert(1)</script>\n"&\'', approveLabel: '<i>', about: {} },
	...{ link: 'https://n8n.example.com/', mobile: '13800138001' },
};

test('the page escapes everything, loads nothing and runs nothing', () => {
	const page = answerPage('zh', { shown: { question, workflow: '</title><b>' } });
	expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\n&quot;&amp;&apos;');
	expect(page).toContain('&lt;/title&gt;&lt;b&gt;');
	expect(page).toContain('>&lt;i&gt;</button>');
	expect(page).not.toMatch(/<script|<b>|<i>|<link|<img|src=|href=|@import|url\(|https?:| on\w+=/i);
	expect(page).toContain('<html lang="zh-CN">');
});

test.each([
	['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
	['zh', 'zh'],
	['en-US,en;q=0.9,zh;q=0.8', 'en'],
	['fr', 'en'],
	['', 'en'],
	[undefined, 'en'],
])('its language is that of the browser: %s', (header, language) => {
	expect(languageOf(header)).toBe(language);
});

test('a page without a question has no form', () => {
	const page = answerPage('en', { told: 'over' });
	expect(page).not.toContain('<form');
	expect(page).toContain('was answered already');
});
