'use client'

import type { Components } from '@blocknote/react'
import {
  BlockMenu,
  BlockMenuDivider,
  BlockMenuDropdown,
  BlockMenuItem,
  BlockMenuLabel,
  BlockMenuTrigger,
} from '@/app/_editor/menus/block-menu'
import { ExtendButton, SideMenu, SideMenuButton, TableHandle } from '@/app/_editor/menus/handles'
import {
  EditorForm,
  EditorTextInput,
  LinkPopover,
  LinkPopoverContent,
  LinkPopoverTrigger,
} from '@/app/_editor/menus/link-popover'
import {
  SuggestionEmpty,
  SuggestionItem,
  SuggestionLabel,
  SuggestionList,
  SuggestionLoader,
} from '@/app/_editor/menus/suggestion-list'
import { Toolbar, ToolbarButton, ToolbarSelect } from '@/app/_editor/menus/toolbar'

/** For what our schema and our page do not have: files, comments, emoji, versions of the editor's own. */
const Nothing = () => null

const bar = { Root: Toolbar, Button: ToolbarButton, Select: ToolbarSelect }

/**
 * The editor's menus from our own parts. The ready-made set (@blocknote/shadcn) brings a second library of menus,
 * 85 KiB of script, beside the one that the rest of the product uses.
 */
export const components: Components = {
  FormattingToolbar: bar,
  LinkToolbar: bar,
  SideMenu: { Root: SideMenu, Button: SideMenuButton },
  SuggestionMenu: {
    Root: SuggestionList,
    Item: SuggestionItem,
    EmptyItem: SuggestionEmpty,
    Label: SuggestionLabel,
    Loader: SuggestionLoader,
  },
  TableHandle: { Root: TableHandle, ExtendButton },
  Generic: {
    Toolbar: bar,
    Menu: {
      Root: BlockMenu,
      Trigger: BlockMenuTrigger,
      Dropdown: BlockMenuDropdown,
      Item: BlockMenuItem,
      Label: BlockMenuLabel,
      Divider: BlockMenuDivider,
      Button: SideMenuButton,
    },
    Popover: { Root: LinkPopover, Trigger: LinkPopoverTrigger, Content: LinkPopoverContent },
    Form: { Root: EditorForm, TextInput: EditorTextInput },
    Badge: { Root: Nothing, Group: Nothing },
  },
  FilePanel: { Root: Nothing, Button: Nothing, FileInput: Nothing, TabPanel: Nothing, TextInput: Nothing },
  GridSuggestionMenu: { Root: Nothing, EmptyItem: Nothing, Item: Nothing, Loader: Nothing },
  Comments: {
    Card: Nothing,
    CardSection: Nothing,
    ExpandSectionsPrompt: Nothing,
    Editor: Nothing,
    Comment: Nothing,
  },
  Versioning: { Sidebar: Nothing, Snapshot: Nothing },
  AttributionTooltip: { Root: Nothing },
}
