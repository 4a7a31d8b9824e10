/** What the site itself says, in Chinese. */
export const translations = {
	theme: {
		outlineTitle: '本页内容',
		docFooter: { prev: '上一页', next: '下一页' },
		darkModeSwitchLabel: '外观',
		lightModeSwitchTitle: '切换到浅色模式',
		darkModeSwitchTitle: '切换到深色模式',
		sidebarMenuLabel: '目录',
		returnToTopLabel: '回到顶部',
		langMenuLabel: '切换语言',
		skipToContentLabel: '跳到正文',
		notFound: {
			title: '没有找到这一页',
			quote: '这个地址下没有页面，可能已经移动。',
			linkLabel: '回到首页',
			linkText: '回到首页',
		},
	},
	search: {
		button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
		modal: {
			displayDetails: '显示详细列表',
			resetButtonTitle: '清除搜索内容',
			backButtonTitle: '关闭搜索',
			noResultsText: '没有找到',
			footer: {
				selectText: '打开',
				navigateText: '上下选择',
				closeText: '关闭',
			},
		},
	},
} as const;
