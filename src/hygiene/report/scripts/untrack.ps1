@HEADER@
# Needs PowerShell 5.1 or newer, on any system, and Git 2.20 or newer. Names stand in it as Git prints them.
param([switch]$Yes, [switch]$Help)

$ErrorActionPreference = 'Stop'

$Usage = @'
Usage: powershell -File SCRIPT [-Yes]

Takes leftovers out of Git's index, in the work tree that it is called in. Every file stays on disk.
Adds the placeholders that keep folders, and the lines that let ignore files keep the leftovers out.

Without -Yes it only lists what it would do, and asks at a terminal.

  -Yes   do it without asking
  -Help  show this

Exit status: 0 done, or nothing to do; 2 wrong usage; 3 no work tree here; 5 refused, nothing was changed.
'@

# In the lists below each line begins with a blank that is not part of it: what begins a line could end the list.

# What is to leave the index.
$Leaving = @'
list:
@LEAVING@
'@

# Empty files that keep their folders in every clone.
$Placeholders = @'
list:
@PLACEHOLDERS@
'@

# What changes in ignore files. `@` names the file, `-` is a line that goes and each `+` after it one that takes its
# place; `|` is a line for the end, and `#` what is written above those that follow. `\0ooo` is a byte, `\\` a backslash.
$Ignoring = @'
list:
@IGNORING@
'@

# One character a byte, so that any bytes come through.
$Bytes = [System.Text.Encoding]::GetEncoding(28591)
$Utf8 = New-Object System.Text.UTF8Encoding($false)
$Top = $null
$Variables = @()
$Notes = New-Object 'System.Collections.Generic.List[string]'

# ---- Git and files.

# The only way to Git: without what a repository's configuration could start, and in bytes on both sides.
function Invoke-Git([string]$Arguments, [string]$Standard = '') {
    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = $GitProgram
    $start.Arguments = '--no-pager -c core.fsmonitor=false -c core.hooksPath=/dev/null -c core.untrackedCache=false ' +
        '-c core.quotePath=true -c protocol.allow=never -c sparse.expectFilesOutsideOfPatterns=true ' + $Arguments
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.WorkingDirectory = $Top
    # Whatever a caller's environment names, it is the work tree that this is called in, and its own index.
    foreach ($variable in $Variables) { $start.EnvironmentVariables.Remove($variable) }
    $process = [System.Diagnostics.Process]::Start($start)
    $given = $Bytes.GetBytes($Standard)
    try {
        $process.StandardInput.BaseStream.Write($given, 0, $given.Length)
        $process.StandardInput.Close()
    } catch [System.IO.IOException] {
        # Git ended before it had read all: its status tells.
    }
    $taken = New-Object System.IO.MemoryStream
    $process.StandardOutput.BaseStream.CopyTo($taken)
    $process.WaitForExit()
    [pscustomobject]@{ Status = $process.ExitCode; Text = $Bytes.GetString($taken.ToArray()) }
}

function Get-GitText([string]$Arguments, [string]$Standard = '') {
    $answer = Invoke-Git $Arguments $Standard
    if ($answer.Status -ne 0) { throw "git failed: $Arguments" }
    $answer.Text
}

$FilterName = '^filter\.[A-Za-z0-9._-]*\.[A-Za-z0-9-]*$'

function Get-FilterName {
    Get-OutputLine (Invoke-Git 'config --name-only --get-regexp ^filter\.').Text
}

# Git compares what was changed a moment before with the index when it writes that, and would run filters to do so.
function Get-FilterOption {
    $text = ''
    foreach ($name in (Get-FilterName)) {
        if ($name -cnotmatch $FilterName) { continue }
        $driver = $name.Substring(0, $name.LastIndexOf('.'))
        $text += "-c $driver.clean= -c $driver.smudge= -c $driver.process= -c $driver.required=false "
    }
    $text
}

# Text that Git prints for one path of the system, without the line's end.
function Get-GitPath([string]$Arguments) {
    $text = Get-GitText $Arguments
    $Utf8.GetString($Bytes.GetBytes($text.Substring(0, $text.Length - 1)))
}

# The lines of a list of this script, without the blanks that they begin with.
function Get-ListLine([string]$List) {
    foreach ($line in $List.Replace("`r", '').Split("`n")) {
        if ($line.StartsWith(' ', [System.StringComparison]::Ordinal)) { $line.Substring(1) }
    }
}

function Get-OutputLine([string]$Text) {
    foreach ($line in $Text.Split("`n")) {
        if ($line) { $line }
    }
}

# What escapes stand for, in characters of one byte each; Git writes a byte in 3 digits, the edits of ignore files in 4.
function ConvertFrom-Escape([string]$Text, [int]$Digits) {
    $named = @{ 'a' = 7; 'b' = 8; 't' = 9; 'n' = 10; 'v' = 11; 'f' = 12; 'r' = 13; '"' = 34; '\' = 92 }
    $out = New-Object System.Text.StringBuilder
    $from = 0
    foreach ($found in [regex]::Matches($Text, '\\([0-7]{' + $Digits + '}|.)')) {
        $null = $out.Append($Text.Substring($from, $found.Index - $from))
        $escape = $found.Groups[1].Value
        if ($escape.Length -gt 1) { $byte = [Convert]::ToInt32($escape, 8) } else { $byte = $named[$escape] }
        $null = $out.Append([string][char]$byte)
        $from = $found.Index + $found.Length
    }
    $out.ToString() + $Text.Substring($from)
}

function ConvertFrom-Line([string]$Edit) {
    ConvertFrom-Escape $Edit.Substring(1) 4
}

# Where a name as Git prints it is on disk; nothing where this system cannot spell it.
function Get-Place([string]$Name) {
    if ($Name.StartsWith('"', [System.StringComparison]::Ordinal)) { $Name = ConvertFrom-Escape $Name.Substring(1, $Name.Length - 2) 3 }
    $raw = $Bytes.GetBytes($Name)
    $spelt = $Utf8.GetString($raw)
    if (-not $Bytes.GetString($Utf8.GetBytes($spelt)).Equals($Name)) { return $null }
    if (($env:OS -eq 'Windows_NT') -and ($spelt -match '[\\:]|~[0-9]')) { return $null }
    $Top.TrimEnd('/') + '/' + $spelt
}

function Test-Link([string]$Path) {
    $attributes = [int](New-Object System.IO.FileInfo($Path)).Attributes
    ($attributes -ne -1) -and (($attributes -band [int][System.IO.FileAttributes]::ReparsePoint) -ne 0)
}

# Whether a symlink, or what is no folder, stands on the way to the place or at it, or no work tree holds such a path.
function Test-Barred([string]$Place) {
    if (Test-Link $Place) { return $true }
    if ($Place.Substring($Top.TrimEnd('/').Length) -match '/(|\.|\.\.|\.git)(/|$)') { return $true }
    $folder = $Place.Substring(0, $Place.LastIndexOf([char]'/'))
    while ($folder.Length -gt $Top.TrimEnd('/').Length) {
        if ((Test-Link $folder) -or [System.IO.File]::Exists($folder)) { return $true }
        $folder = $folder.Substring(0, $folder.LastIndexOf([char]'/'))
    }
    $false
}

function New-Folder([string]$Place) {
    $null = [System.IO.Directory]::CreateDirectory($Place.Substring(0, $Place.LastIndexOf([char]'/')))
}

# ---- Looking: changes nothing.

function New-NameSet($Names) {
    $set = New-Object 'System.Collections.Generic.HashSet[string]' ([System.StringComparer]::Ordinal)
    foreach ($name in $Names) { $null = $set.Add($name) }
    , $set
}

# The whole index: entries by name, and the names of those in conflict.
function Read-Index {
    $script:Entries = New-Object 'System.Collections.Generic.Dictionary[string,string]' ([System.StringComparer]::Ordinal)
    $script:Conflicts = New-NameSet @()
    $script:Stems = New-Object 'System.Collections.Generic.List[string]'
    foreach ($line in (Get-OutputLine (Get-GitText 'ls-files -s -v'))) {
        $tab = $line.IndexOf([char]9)
        $name = $line.Substring($tab + 1)
        $entry = $line.Substring(0, $tab)
        if (-not $entry.EndsWith(' 0', [System.StringComparison]::Ordinal)) { $null = $Conflicts.Add($name) }
        $Entries[$name] = $entry
        $Stems.Add((Get-Stem $name))
    }
}

# Whether the index holds it as a plain file or symlink, without a mark or a conflict.
function Test-Plain([string]$Entry) {
    $Entry.StartsWith('H ', [System.StringComparison]::Ordinal) -and $Entry.EndsWith(' 0', [System.StringComparison]::Ordinal) -and
        -not $Entry.StartsWith('H 160000', [System.StringComparison]::Ordinal)
}

function Find-Leaving {
    $script:Removed = New-Object 'System.Collections.Generic.List[string]'
    $script:Kept = New-Object 'System.Collections.Generic.List[string]'
    foreach ($name in (Get-ListLine $Leaving)) {
        if (-not $Entries.ContainsKey($name)) { continue }
        if (Test-Plain $Entries[$name]) { $Removed.Add($name) } elseif (-not $Conflicts.Contains($name)) { $Kept.Add($name) }
    }
}

# Whether the index holds a file where the name needs a folder, or a folder at it: Git would drop that for it.
function Test-Crowded([string]$Name) {
    $wanted = Get-Stem $Name
    foreach ($stem in $Stems) {
        if ($stem.Equals($wanted)) { continue }
        if ($wanted.StartsWith($stem, [System.StringComparison]::Ordinal)) { return $true }
        if ($stem.StartsWith($wanted, [System.StringComparison]::Ordinal)) { return $true }
    }
    $false
}

# What names in that folder begin with, without quotes.
function Get-Stem([string]$Name) {
    if ($Name.StartsWith('"', [System.StringComparison]::Ordinal)) { $Name = $Name.Substring(1, $Name.Length - 2) }
    $Name + '/'
}

function Find-Placeholder {
    $script:Added = New-Object 'System.Collections.Generic.List[string]'
    foreach ($name in (Get-ListLine $Placeholders)) {
        if ($Entries.ContainsKey($name)) { continue }
        $place = Get-Place $name
        if (($null -eq $place) -or (Test-Barred $place) -or [System.IO.Directory]::Exists($place) -or (Test-Crowded $name)) {
            $Notes.Add("$name is not added: its place is taken")
        } else {
            $Added.Add($name)
        }
    }
}

# Each ignore file that changes: its name, place, text on disk, and mode and text in the index where that changes.
function Find-IgnoreFile {
    $script:Changed = New-Object 'System.Collections.Generic.List[string]'
    $script:Files = New-Object 'System.Collections.Generic.List[object]'
    $edits = $null
    $name = $null
    foreach ($line in @(Get-ListLine $Ignoring) + '@') {
        if ($line[0] -cne '@') {
            $edits.Add($line)
            continue
        }
        if ($null -ne $edits) { Find-Edit $name $edits.ToArray() }
        $name = $line.Substring(1)
        $edits = New-Object 'System.Collections.Generic.List[string]'
    }
}

function Find-Edit([string]$Name, [string[]]$Edits) {
    $place = Get-Place $Name
    $exists = ($null -ne $place) -and [System.IO.File]::Exists($place)
    $isTracked = $Entries.ContainsKey($Name)
    if (($null -eq $place) -or (Test-Barred $place) -or [System.IO.Directory]::Exists($place) -or ($isTracked -and -not $exists)) {
        $Notes.Add("$Name is left alone: the work tree holds no such file; add the lines by hand")
        return
    }
    $old = ''
    if ($exists) { $old = $Bytes.GetString([System.IO.File]::ReadAllBytes($place)) }
    if ($old.IndexOf([char]0) -ge 0) {
        $Notes.Add("$Name is left alone: it is no text in UTF-8; add the lines by hand")
        return
    }
    $shown = New-Object 'System.Collections.Generic.List[string]'
    $new = Get-Edited $old $Edits $shown
    if ($shown.Count -eq 0) { return }
    foreach ($change in $shown) { $Changed.Add("${Name}: $change") }
    $file = @{ Name = $Name; Place = $place; New = $new; Mode = $null; Staged = $null }
    if (-not $isTracked -and -not $exists -and -not (Test-Crowded $Name)) {
        $file.Mode = '100644'
        $file.Staged = $new
    } elseif ($isTracked) {
        # The index gets its own version with the same edits: neither takes over the line ends of the other.
        $held = Get-Held $Entries[$Name]
        if (($null -ne $held) -and $held.Replace("`r", '').Equals($old.Replace("`r", ''))) {
            $file.Mode = $Entries[$Name].Substring(2, 6)
            $file.Staged = Get-Edited $held $Edits (New-Object 'System.Collections.Generic.List[string]')
        }
    }
    if ($null -eq $file.Mode) { $Notes.Add("$Name is changed on disk only, as it is not what the index holds; add it by hand") }
    $Files.Add($file)
}

function Get-Held([string]$Entry) {
    if (-not (Test-Plain $Entry) -or -not $Entry.StartsWith('H 100', [System.StringComparison]::Ordinal)) { return $null }
    $answer = Invoke-Git ('cat-file blob ' + $Entry.Split(' ')[2])
    if ($answer.Status -ne 0) { return $null }
    $answer.Text
}

# The text as the edits make it; what they change in it goes to $Shown.
function Get-Edited([string]$Text, [string[]]$Edits, $Shown) {
    $mark = ''
    $bom = $Bytes.GetString([byte[]](239, 187, 191))
    if ($Text.StartsWith($bom, [System.StringComparison]::Ordinal)) {
        $mark = $bom
        $Text = $Text.Substring(3)
    }
    $lines = $Text.Split("`n")
    $returns = 0
    for ($number = 0; $number -lt $lines.Length - 1; $number++) {
        if ($lines[$number].EndsWith("`r", [System.StringComparison]::Ordinal)) { $returns++ }
    }
    $eol = "`n"
    if ($returns * 2 -gt $lines.Length - 1) { $eol = "`r`n" }
    $there = New-NameSet @()
    $told = New-NameSet @()
    $replacements = Get-Replacement $Edits
    $out = New-Object 'System.Collections.Generic.List[string]'
    foreach ($line in $lines) {
        $end = ''
        if ($line.EndsWith("`r", [System.StringComparison]::Ordinal)) { $end = "`r" }
        $body = $line.Substring(0, $line.Length - $end.Length)
        if (-not $replacements.ContainsKey($body)) {
            $out.Add($line)
            $null = $there.Add($body)
            continue
        }
        $new = $replacements[$body].ToArray()
        if ($told.Add($body)) { Add-Shown $body $Edits $Shown }
        foreach ($each in $new) { $null = $there.Add($each) }
        if ($new.Length) { $out.Add([string]::Join($eol, $new) + $end) }
    }
    $whole = [string]::Join("`n", $out.ToArray())
    $mark + $whole + (Get-Addition $Edits $there $Shown $eol $whole)
}

# The lines that take the place of each old one.
function Get-Replacement([string[]]$Edits) {
    $found = New-Object 'System.Collections.Generic.Dictionary[string,object]' ([System.StringComparer]::Ordinal)
    $old = $null
    foreach ($edit in $Edits) {
        if ($edit[0] -ceq '-') {
            $old = ConvertFrom-Line $edit
            $found[$old] = New-Object 'System.Collections.Generic.List[string]'
        } elseif ($edit[0] -ceq '+') {
            $found[$old].Add((ConvertFrom-Line $edit))
        }
    }
    , $found
}

function Add-Shown([string]$Old, [string[]]$Edits, $Shown) {
    $isIn = $false
    foreach ($edit in $Edits) {
        if ($edit[0] -ceq '-') { $isIn = (ConvertFrom-Line $edit).Equals($Old) }
        if ($isIn -and (($edit[0] -ceq '-') -or ($edit[0] -ceq '+'))) { $Shown.Add($edit.Substring(0, 1) + ' ' + $edit.Substring(1)) }
    }
}

# What is appended: each line that is not there yet, in its group.
function Get-Addition([string[]]$Edits, $There, $Shown, [string]$Eol, [string]$Before) {
    $text = ''
    if (($Before.Length -gt 0) -and -not $Before.EndsWith("`n", [System.StringComparison]::Ordinal)) { $text = $Eol }
    $isFilled = ($Before.Length -gt 0) -and -not ($Before -cmatch '(^|\n)\r?\n\z')
    $added = $false
    $heading = $null
    foreach ($edit in $Edits) {
        if ($edit[0] -ceq '#') { $heading = $edit }
        if ($edit[0] -cne '|') { continue }
        $line = ConvertFrom-Line $edit
        if (-not $There.Add($line)) { continue }
        if ($null -ne $heading) {
            if ($isFilled) { $text += $Eol }
            $text += $heading + $Eol
            $heading = $null
        }
        $text += $line + $Eol
        $isFilled = $true
        $added = $true
        $Shown.Add('+ ' + $edit.Substring(1))
    }
    if ($added) { $text }
}

# A line for each reason not to touch this index now.
function Get-Obstacle {
    foreach ($name in 'MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD') {
        if ((Invoke-Git "rev-parse -q --verify $name").Status -eq 0) { "$name is there: finish or abort what is under way" }
    }
    foreach ($name in 'rebase-merge', 'rebase-apply', 'sequencer') {
        if (Test-Path -LiteralPath "$GitDir/$name") { "$name is there: finish or abort what is under way" }
    }
    if (Test-Path -LiteralPath "$GitDir/index.lock") { 'index.lock is there: another Git process may be at work' }
    foreach ($name in $Conflicts) { "a file is in conflict: $name" }
    foreach ($name in (Get-FilterName)) {
        if ($name -cnotmatch $FilterName) { 'a filter has a name that this script cannot take in' }
    }
    # Taking out what is staged and not committed would lose it.
    if ((Invoke-Git 'rev-parse -q --verify HEAD').Status -ne 0) {
        'nothing is committed yet'
        return
    }
    $staged = New-NameSet (Get-OutputLine (Get-GitText 'diff-index --cached --name-only --no-renames --no-ext-diff HEAD --'))
    foreach ($name in $Removed) {
        if ($staged.Contains($name)) { "what is staged is not what is committed: $name" }
    }
}

# ---- Telling and asking.

function Show-List([string]$Title, $Lines) {
    if ($Lines.Count -eq 0) { return }
    "$Title ($($Lines.Count)):"
    foreach ($line in $Lines) { "  $line" }
}

function Show-Plan {
    Show-List 'Files that leave the index and stay on disk' $Removed
    Show-List 'Files that stay tracked, as the index marks them, or as submodules' $Kept
    Show-List 'Placeholders to be added' $Added
    Show-List 'Changes of ignore files' $Changed
    Show-List 'To know' $Notes
}

function Test-Confirmed {
    if ($Yes) { return $true }
    if ([Console]::IsInputRedirected -or [Console]::IsOutputRedirected) { return $false }
    $question = "Untrack $($Removed.Count) files, add $($Added.Count) placeholders, make $($Changed.Count) changes of ignore files? [y/N]"
    (Read-Host $question) -match '^(y|yes)$'
}

# ---- Doing: the index in one write, then small files of the work tree.

function Set-Index {
    $empty = (Get-GitText 'hash-object -w --stdin').TrimEnd("`n")
    $none = '0' * $empty.Length
    $edits = New-Object System.Text.StringBuilder
    $back = New-Object System.Text.StringBuilder
    # From the last to the first, Git removes ten times faster.
    for ($number = $Removed.Count - 1; $number -ge 0; $number--) { $null = $edits.Append("0 $none`t$($Removed[$number])`n") }
    foreach ($name in $Added) {
        $null = $edits.Append("100644 $empty 0`t$name`n")
        $null = $back.Append("0 $none`t$name`n")
    }
    foreach ($file in $Files) {
        if ($null -eq $file.Mode) { continue }
        $blob = (Get-GitText 'hash-object -w --stdin' $file.Staged).TrimEnd("`n")
        $null = $edits.Append("$($file.Mode) $blob 0`t$($file.Name)`n")
        $before = "0 $none"
        if ($Entries.ContainsKey($file.Name)) { $before = $Entries[$file.Name].Substring(2) }
        $null = $back.Append("$before`t$($file.Name)`n")
    }
    foreach ($name in $Removed) { $null = $back.Append("$($Entries[$name].Substring(2))`t$name`n") }
    $null = [System.IO.Directory]::CreateDirectory("$GitDir/hygiene")
    $chance = [guid]::NewGuid().ToString('N').Substring(0, 6)
    $script:Undo = "$GitDir/hygiene/untracked-$([DateTime]::Now.ToString('yyyyMMdd-HHmmss'))-$chance"
    [System.IO.File]::WriteAllBytes($Undo, $Bytes.GetBytes($back.ToString()))
    # Only reading leaves the untracked cache out, here it would be lost; and Git 2.39 sorts a sparse index wrong.
    $options = (Get-FilterOption) + '-c core.untrackedCache=keep -c index.sparse=false '
    if ((Invoke-Git ($options + 'update-index --index-info') $edits.ToString()).Status -ne 0) {
        [System.IO.File]::Delete($Undo)
        Stop-Script 5 'Refused by Git; nothing was changed.'
    }
}

function Set-WorkTree {
    foreach ($name in $Added) {
        $place = Get-Place $name
        New-Folder $place
        if (-not [System.IO.File]::Exists($place)) { [System.IO.File]::WriteAllBytes($place, [byte[]]@()) }
    }
    foreach ($file in $Files) {
        New-Folder $file.Place
        $beside = "$($file.Place).new.$PID"
        if ([System.IO.File]::Exists($file.Place)) {
            # Written beside it and put into its place, with the mode that it has.
            [System.IO.File]::Copy($file.Place, $beside)
            [System.IO.File]::WriteAllBytes($beside, $Bytes.GetBytes($file.New))
            [System.IO.File]::Replace($beside, $file.Place, [NullString]::Value)
        } else {
            [System.IO.File]::WriteAllBytes($file.Place, $Bytes.GetBytes($file.New))
        }
    }
}

# In a shell that hands the file on as it is: a pipe of PowerShell would change the ends of its lines.
function Show-WayBack {
    if ($env:OS -eq 'Windows_NT') {
        'Done. See what git status says, then commit. To put the index back, in the work tree:'
        "  cmd /c 'git update-index --index-info <`"$($Undo.Replace('/', '\'))`"'"
    } else {
        'Done. See what git status says, then commit. To put the index back, in the work tree, in sh:'
        "  git update-index --index-info <'$($Undo.Replace("'", "'\''"))'"
    }
}

function Stop-Script([int]$Status, [string]$Message) {
    [Console]::Error.WriteLine($Message)
    exit $Status
}

# ---- What happens.

if ($args.Count -gt 0) { Stop-Script 2 'unknown option; see -Help' }
if ($Help) {
    $Usage
    exit 0
}

# Not by its bare name: some systems would look for that in the work tree first.
$GitProgram = @(Get-Command git -CommandType Application)[0].Path
$Top = (Get-Location -PSProvider FileSystem).ProviderPath
# An encoding with a mark would put that before what Git is given.
if ([Console]::InputEncoding.GetPreamble().Length -gt 0) { [Console]::InputEncoding = $Utf8 }
$Variables = @(Get-OutputLine (Get-GitText 'rev-parse --local-env-vars'))
if ((Invoke-Git 'rev-parse --show-toplevel').Status -ne 0) { Stop-Script 3 'There is no work tree here.' }
$Top = Get-GitPath 'rev-parse --show-toplevel'
$GitDir = Get-GitPath 'rev-parse --absolute-git-dir'

Read-Index
Find-Leaving
Find-Placeholder
Find-IgnoreFile
Show-Plan
if ($Removed.Count + $Added.Count + $Changed.Count -eq 0) {
    'There is nothing to do.'
    exit 0
}
$obstacles = @(Get-Obstacle)
if ($obstacles.Count -gt 0) {
    $list = [string]::Join("`n", @($obstacles | ForEach-Object { "  $_" }))
    if ($Yes) { Stop-Script 5 "Refused; nothing was changed:`n$list" }
    "Nothing was changed. With -Yes it would be refused now:`n$list"
} elseif (Test-Confirmed) {
    Set-Index
    Set-WorkTree
    Show-WayBack
} else {
    'Nothing was changed. With -Yes it is done.'
}
exit 0
