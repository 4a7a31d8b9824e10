/**
 * What the first `npm start` takes, told before it takes it. Plain JavaScript, because it is told
 * before anything is installed.
 */
const { localized } = require('../../test/harness/language.cjs');

exports.needs = () =>
	localized(
		[
			'The first start takes about 4 GB of disk and 5 to 10 minutes, most of them for downloads:',
			'  development packages   0.7 GB   into node_modules of this folder',
			'  a real n8n             3 GB     into a cache folder, which its line below names',
			'Later starts take about 20 seconds. Nothing else is changed on this machine. Ctrl-C',
			'stops at any time, and the next start goes on; remove the two folders to be rid of it all.',
		].join('\n'),
		[
			'首次启动约需 4 GB 磁盘空间和 5 到 10 分钟，大部分用于下载：',
			'  开发用的软件包   0.7 GB   放在本文件夹的 node_modules 中',
			'  真实的 n8n       3 GB     放在缓存文件夹中，位置见下面的输出',
			'以后启动约 20 秒。除此之外不改动本机的任何内容。随时可以按 Ctrl-C 停止，下次启动会继续；',
			'删除这两个文件夹即可全部清除。',
		].join('\n'),
	);
